import time

from starlette.middleware.base import BaseHTTPMiddleware


class TimingMiddleware(BaseHTTPMiddleware):
    """Adds the time of each request, under a name that depends on the route."""

    async def dispatch(self, request, call_next):
        started = time.perf_counter()
        response = await call_next(request)
        elapsed = int((time.perf_counter() - started) * 1000)
        kind = "rerank" if "rerank" in request.url.path.lower() else "other"
        response.headers[f"x-{kind}-time"] = str(elapsed)
        if "json" in request.headers.get("accept", ""):
            response.headers["x-json"] = "1"
        return response
