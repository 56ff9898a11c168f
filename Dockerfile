# Lägesbild as a container: what requirements.lock names, an account without rights, nothing to write but /data and /tmp.
# docs/drift.md says how it is run, with a read-only root.
FROM python:3.11-slim AS build
WORKDIR /opt/lagesbild
COPY requirements.lock ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE workspace.yaml ./
COPY assets ./assets
COPY expectations ./expectations
COPY pipelines ./pipelines
COPY sql ./sql
RUN .venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --editable .

FROM python:3.11-slim
RUN groupadd --gid 10001 lagesbild && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin lagesbild
COPY --from=build /opt/lagesbild /opt/lagesbild
WORKDIR /opt/lagesbild
ENV LAGESBILD_DATA=/data LAGESBILD_INBOX=/inbox HOME=/tmp PYTHONDONTWRITEBYTECODE=1 DAGSTER_DISABLE_TELEMETRY=1
USER 10001:10001
VOLUME ["/data"]
ENTRYPOINT ["/opt/lagesbild/.venv/bin/lagesbild"]
CMD ["run"]
