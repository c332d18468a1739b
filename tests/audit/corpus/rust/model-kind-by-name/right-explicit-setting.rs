use clap::{Parser, ValueEnum};

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Task {
    Embed,
    Rerank,
    Classify,
}

#[derive(Parser, Debug)]
pub struct Args {
    /// Name on the hub or a local folder.
    #[clap(long, env)]
    pub model_id: String,
    #[clap(long, env, value_enum)]
    pub task: Task,
}

pub fn route_for(args: &Args) -> &'static str {
    match args.task {
        Task::Embed => "/embed",
        Task::Rerank => "/rerank",
        Task::Classify => "/predict",
    }
}
