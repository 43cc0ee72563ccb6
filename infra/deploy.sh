#!/usr/bin/env sh
# Builds the image in the registry and points the app at it. azd runs this after it has created the resources, with their
# outputs as environment variables; by hand: AZURE_RESOURCE_GROUP=… STEPFLOW_REGISTRY=… STEPFLOW_APP=… infra/deploy.sh
set -eu
: "${AZURE_RESOURCE_GROUP:?}" "${STEPFLOW_REGISTRY:?}" "${STEPFLOW_APP:?}"
root=$(cd "$(dirname "$0")/.." && pwd)
tag=$(git -C "$root" rev-parse --short HEAD)
az acr build --registry "$STEPFLOW_REGISTRY" --image "stepflow:$tag" --file "$root/infra/Dockerfile" "$root"
az functionapp config container set --resource-group "$AZURE_RESOURCE_GROUP" --name "$STEPFLOW_APP" \
  --image "$STEPFLOW_REGISTRY.azurecr.io/stepflow:$tag"
