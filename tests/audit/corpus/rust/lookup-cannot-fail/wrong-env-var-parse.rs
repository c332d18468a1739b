fn token_from_env(name: &str, fallback: u32) -> u32 {
    std::env::var(name)
        .ok()
        .and_then(|v| v.parse::<u32>().ok())
        .unwrap_or(fallback)
}

pub struct Ids {
    pub yes: u32,
    pub no: u32,
}

pub fn answer_ids_from_env() -> Ids {
    Ids {
        yes: token_from_env("YES_TOKEN_ID", 9693),
        no: token_from_env("NO_TOKEN_ID", 2152),
    }
}
