"""Fills the work folder of a TorchServe: model archives, metrics.yaml, config.properties.

usage: prepare.py WORK_DIR TEMPLATE [KEY=VALUE...]

WORK_DIR/model-store gets the archives below. WORK_DIR/metrics.yaml is the file that TorchServe ships with
model-metrics.yaml added. WORK_DIR/config.properties is TEMPLATE with a line for each KEY=VALUE added; a key in both is the
caller's.
"""

import json
import pathlib
import sys
import zipfile

import ts
import yaml

HERE = pathlib.Path(__file__).resolve().parent

# archive -> model's name, version, handler
ARCHIVES = {
    "regression-1.0.mar": ("regression", "1.0", "regression.py"),
    "regression-2.0.mar": ("regression", "2.0", "regression.py"),
    "regression-3.1.mar": ("regression", "3.1", "regression.py"),
    "crasher.mar": ("crasher", "1.0", "crasher.py"),
    "meter.mar": ("meter", "1.0", "meter.py"),
}


def pack(archive, name, version, handler):
    manifest = {
        "createdOn": "01/01/2026 00:00:00",
        "runtime": "python",
        "archiverVersion": "0.12.0",
        "model": {"modelName": name, "modelVersion": version, "handler": handler},
    }
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("MAR-INF/MANIFEST.json", json.dumps(manifest, indent=2))
        bundle.write(HERE / "models" / handler, handler)


def joined_metrics():
    shipped = yaml.safe_load((pathlib.Path(ts.__file__).parent / "configs" / "metrics.yaml").read_text())
    ours = yaml.safe_load((HERE / "model-metrics.yaml").read_text())
    for kind, metrics in ours["model_metrics"].items():
        shipped["model_metrics"].setdefault(kind, []).extend(metrics)
    # Dimensions of model metrics must be declared too.
    declared = shipped.setdefault("dimensions", [])
    for metrics in ours["model_metrics"].values():
        declared.extend(d for m in metrics for d in m["dimensions"] if d not in declared)
    return yaml.safe_dump(shipped, sort_keys=False)


def properties(template, extra):
    keys = {line.split("=", 1)[0].strip() for line in extra}
    kept = [line for line in template.splitlines() if line.split("=", 1)[0].strip() not in keys]
    return "\n".join(kept + extra) + "\n"


def main(work, template, *extra):
    work = pathlib.Path(work)
    for folder in ("model-store", "workflow-store"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    for archive, (name, version, handler) in ARCHIVES.items():
        pack(work / "model-store" / archive, name, version, handler)
    (work / "metrics.yaml").write_text(joined_metrics())
    lines = list(extra) + ["metrics_config=%s" % (work / "metrics.yaml")]
    (work / "config.properties").write_text(properties(pathlib.Path(template).read_text(), lines))


if __name__ == "__main__":
    main(*sys.argv[1:])
