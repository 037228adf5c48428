# maturity in a container: no root, nothing to write to but /data. See docs/operations/README.md.
FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/maturity
COPY requirements.lock pyproject.toml setup.py README.md LICENSE NOTICE ./
RUN /opt/maturity/bin/python -m pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
COPY bot bot
COPY rubric rubric
COPY storage storage
RUN /opt/maturity/bin/python -m pip install --no-cache-dir --disable-pip-version-check --no-deps .

FROM python:3.13-slim
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data maturity && install -d -o maturity -g maturity -m 0700 /data
COPY --from=build /opt/maturity /opt/maturity
ENV PATH=/opt/maturity/bin:$PATH PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 PORT=3000
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import http.client, os, sys; at = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); at.request('GET', '/healthz'); sys.exit(at.getresponse().status != 200)"]
ENTRYPOINT ["maturity"]
CMD ["run"]
