use std::net::{IpAddr, SocketAddr};

use anyhow::Result;

pub fn listen_address() -> Result<SocketAddr> {
    let host: IpAddr = std::env::var("HOST").unwrap_or_else(|_| "0.0.0.0".into()).parse()?;
    let port = std::env::var("PORT").ok().and_then(|p| p.parse::<u16>().ok()).unwrap_or(3000);
    Ok(SocketAddr::new(host, port))
}

pub fn yes_no(vocab: &std::collections::HashMap<String, u32>) -> Result<[u32; 2]> {
    let id = |word: &str| vocab.get(word).copied().ok_or_else(|| anyhow::anyhow!("`{word}` missing"));
    Ok([id("yes")?, id("no")?])
}
