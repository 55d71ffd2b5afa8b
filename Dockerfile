# docker build --target student --build-arg EDITION=en --tag d2l-ch3-student .    JupyterLab on the course, no answers in it
# docker build --target grader --tag d2l-ch3-grader .                             this repository, ready to grade
# For PyTorch's CPU build: --build-arg PIP_EXTRA_INDEX_URL=ADDRESS (README.md says how to find it).

FROM python:3.11-slim AS base
ENV PIP_NO_CACHE_DIR=1
RUN apt-get update && apt-get install -y --no-install-recommends git make && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --shell /bin/bash course

FROM base AS grader
ARG PIP_EXTRA_INDEX_URL
COPY --chown=course . /home/course/d2l_ch3
WORKDIR /home/course/d2l_ch3
RUN python3 -m pip install --requirement requirements.txt
USER course
CMD ["d2l-ch3", "doctor"]

FROM grader AS made
ARG EDITION=zh
RUN d2l-ch3 hand-out --edition "$EDITION" --to /home/course/hand-out

FROM base AS student
ARG EDITION=zh
ARG PIP_EXTRA_INDEX_URL
COPY --from=made --chown=course /home/course/hand-out/d2l_ch3-$EDITION /home/course/d2l_ch3
WORKDIR /home/course/d2l_ch3
RUN python3 -m pip install --requirement requirements.txt
USER course
EXPOSE 8888
CMD ["d2l-ch3", "lab", "--ip=0.0.0.0", "--no-browser"]
