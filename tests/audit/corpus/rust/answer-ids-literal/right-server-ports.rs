use clap::Parser;

/// Options of the HTTP front end.
#[derive(Parser, Debug)]
pub struct ServerArgs {
    #[clap(default_value = "9454", long, short, env)]
    pub port: u16,

    #[clap(default_value_t = 9693, long, env)]
    pub prometheus_port: u16,

    #[clap(default_value = "2152", long, env)]
    pub max_queued_requests: usize,

    #[clap(default_value = "yes", long, env)]
    pub positive_label: String,

    #[clap(default_value = "no", long, env)]
    pub negative_label: String,
}
