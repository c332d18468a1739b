use tokio::sync::mpsc::Receiver;

use crate::api::Command;
use crate::model::Qwen3Scorer;
use crate::template::Template;

pub struct Worker {
    pub model: Qwen3Scorer,
    pub template: Template,
}

impl Worker {
    pub fn run(mut self, mut commands: Receiver<Command>) {
        while let Some(command) = commands.blocking_recv() {
            match command {
                Command::Score { query, text, reply } => {
                    let prompt = self.template.fill(&query, &text);
                    let _ = reply.send(self.model.yes_probability(&prompt));
                }
                Command::Health(reply) => {
                    let _ = reply.send(self.model.is_loaded());
                }
            }
        }
    }
}
