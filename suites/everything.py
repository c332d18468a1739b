"""All suites in one module, to be imported into a test module of another project."""

from suites.test_compatibility import test_compatibility
from suites.test_devices import test_devices
from suites.test_monitoring import test_monitoring
from suites.test_numerics import test_numerics
from suites.test_performance import test_performance, test_request_latency, test_scoring_speed
from suites.test_prompt import test_prompt
from suites.test_protocol import test_protocol
from suites.test_ranking_quality import test_ranking_quality
from suites.test_robustness import test_robustness
from suites.test_score_distribution import test_score_distribution
from suites.test_token_ids import test_token_ids

__all__ = [
    "test_compatibility",
    "test_devices",
    "test_monitoring",
    "test_numerics",
    "test_performance",
    "test_prompt",
    "test_protocol",
    "test_ranking_quality",
    "test_request_latency",
    "test_robustness",
    "test_score_distribution",
    "test_scoring_speed",
    "test_token_ids",
]
