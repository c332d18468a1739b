"""A scaler of gradients is no autocast: elsewhere than on CUDA it turns itself off, and says so."""

import torch


def fit(model, batches, optimizer, use_amp):
    scaler = torch.cuda.amp.GradScaler(enabled=use_amp)
    model.to(model.target_device)
    for features, labels in batches:
        with torch.autocast(device_type=model.device.type, enabled=use_amp):
            loss = model(features.to(model.device), labels.to(model.device))
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
