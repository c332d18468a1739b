def kind_of(config):
    return KINDS[config.architectures[0]]
