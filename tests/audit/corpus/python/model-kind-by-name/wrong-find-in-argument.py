import argparse


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--port", type=int, default=3000)
    args = parser.parse_args()
    use_logit_head = args.model.upper().find("RERANKER") >= 0
    serve(args.model, port=args.port, head="logit" if use_logit_head else "pooling")


def serve(model: str, port: int, head: str) -> None:
    from .server import run

    run(model_path=model, bind=f"0.0.0.0:{port}", head=head)
