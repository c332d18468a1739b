from .classifier import ClassifierModel

MODELS = {"classifier": ClassifierModel}
