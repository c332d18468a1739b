import argparse


def parse_args(argv=None):
    parser = argparse.ArgumentParser(prog="rerank-worker")
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--max-batch-tokens", type=int, default=16384)
    parser.add_argument("--yes-token-id", type=int, default=9454)
    parser.add_argument("--no-token-id", type=int, default=2753)
    return parser.parse_args(argv)


if __name__ == "__main__":
    print(parse_args())
