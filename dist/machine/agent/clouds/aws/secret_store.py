# AWS Secrets Manager.
import api


def get(name):
    return api.call("secretsmanager", "secretsmanager.GetSecretValue", {"SecretId": name})["SecretString"]


def put(name, text, version):
    body = {"SecretId": name, "SecretString": text, "ClientRequestToken": version}
    return api.call("secretsmanager", "secretsmanager.PutSecretValue", body)
