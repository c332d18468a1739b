use clap::Parser;

#[derive(Parser, Debug, Clone)]
pub struct Args {
    #[clap(long, env)]
    pub model_id: String,
    #[clap(long, env)]
    pub is_reranker: bool,
}

pub struct Settings {
    pub listwise: bool,
    pub pooled: bool,
}

impl From<&Args> for Settings {
    fn from(args: &Args) -> Self {
        let listwise = args.is_reranker || args.model_id.contains("reranker");
        Settings { listwise, pooled: !listwise }
    }
}
