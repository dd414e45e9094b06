"""Gunicorn's own log, by the same rule as the site's: it tells whole request lines."""

from typing import Any

from gunicorn.glogging import Logger

from config.redaction import WithoutSecrets


class ServerLogger(Logger):  # type: ignore[misc]
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.addFilter(WithoutSecrets())
