"""Prints the body that the real azure-ai-ml makes of the YAML of a compute: compute_yaml.py FILE [PUBLIC_KEY]"""

import json
import sys
import tempfile

import yaml
from azure.ai.ml import load_compute


def main(file, key=None):
    with open(file, encoding='utf-8') as stream:
        spec = yaml.safe_load(stream)
    # Version 1.4.0 knows no tags in the YAML of a compute; newer ones do.
    spec.pop('tags', None)
    if key:
        spec['ssh_settings'] = {'ssh_key_value': key}
    with tempfile.NamedTemporaryFile('w', suffix='.yml', encoding='utf-8') as copy:
        yaml.safe_dump(spec, copy)
        copy.flush()
        compute = load_compute(copy.name)
    compute._set_full_subnet_name('', '')
    json.dump(compute._to_rest_object().serialize(), sys.stdout)


main(*sys.argv[1:])
