#!/usr/bin/env sh
# Deploys the app and waits until it responds: on Flex Consumption a package that is built here, on Elastic Premium an image that
# is built in the registry. Where a job runs the video pipeline, its image is built in the registry too. Running it again does no harm.
# azd runs it after it has created the resources, with their outputs as environment variables; by hand:
#   AZURE_RESOURCE_GROUP=… STEPFLOW_HOSTING=FlexConsumption STEPFLOW_APP=… infra/deploy.sh
#   AZURE_RESOURCE_GROUP=… STEPFLOW_HOSTING=ElasticPremium STEPFLOW_REGISTRY=… STEPFLOW_APP=… infra/deploy.sh
# and for the job: STEPFLOW_REGISTRY=… STEPFLOW_VIDEO_JOB_NAME=…
set -eu
: "${AZURE_RESOURCE_GROUP:?the resource group}" "${STEPFLOW_APP:?the name of the function app}" "${STEPFLOW_HOSTING:?FlexConsumption or ElasticPremium}"
root=$(cd "$(dirname "$0")/.." && pwd)
subscription=${AZURE_SUBSCRIPTION_ID:-$(az account show --query id --output tsv)}

say() {
  echo "stepflow: $*"
}

deploy_package() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  say "building the package (some minutes)"
  dotnet publish "$root/src/StepFlow.Functions" -c Release -r linux-x64 -o "$work/app" -v q -nologo -p:ServiceBusPackage=true
  (cd "$work/app" && zip -qr "$work/app.zip" .)
  say "deploying it to $STEPFLOW_APP"
  az functionapp deployment source config-zip --subscription "$subscription" --resource-group "$AZURE_RESOURCE_GROUP" --name "$STEPFLOW_APP" \
    --src "$work/app.zip" --output none
}

# build_image NAME TARGET: builds a target of the Dockerfile in the registry, unless it is there, and sets image to its address.
build_image() {
  : "${STEPFLOW_REGISTRY:?the name of the container registry}"
  # An image is named after its commit; what is not committed gets a name of its own.
  now=$(date -u +%Y%m%d%H%M%S)
  tag=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null || echo "$now")
  if [ -n "$(git -C "$root" status --porcelain 2>/dev/null)" ]; then
    tag=$tag-$now
  fi

  server=$(az acr show --subscription "$subscription" --name "$STEPFLOW_REGISTRY" --query loginServer --output tsv)
  image=$server/$1:$tag
  if az acr repository show --subscription "$subscription" --name "$STEPFLOW_REGISTRY" --image "$1:$tag" >/dev/null 2>&1; then
    say "$image is in the registry already"
  else
    say "building $image in the registry (some minutes)"
    az acr build --subscription "$subscription" --registry "$STEPFLOW_REGISTRY" --image "$1:$tag" --target "$2" --file "$root/infra/Dockerfile" "$root"
  fi
}

# remember VARIABLE: else the next azd up would put the default image back.
remember() {
  if [ -n "${AZURE_ENV_NAME:-}" ] && command -v azd >/dev/null; then
    azd env set "$1" "$image" --cwd "$root/infra" --environment "$AZURE_ENV_NAME"
  fi
}

deploy_image() {
  build_image stepflow app
  say "pointing $STEPFLOW_APP at it"
  az functionapp config container set --subscription "$subscription" --resource-group "$AZURE_RESOURCE_GROUP" --name "$STEPFLOW_APP" \
    --image "$image" --output none
  remember STEPFLOW_IMAGE
}

deploy_job() {
  build_image stepflow-job job
  say "pointing the job $STEPFLOW_VIDEO_JOB_NAME at it"
  az containerapp job update --subscription "$subscription" --resource-group "$AZURE_RESOURCE_GROUP" --name "$STEPFLOW_VIDEO_JOB_NAME" \
    --image "$image" --output none
  remember STEPFLOW_TRANSCODING_IMAGE
}

if [ -n "${STEPFLOW_VIDEO_JOB_NAME:-}" ]; then
  deploy_job
fi

case "$STEPFLOW_HOSTING" in
  FlexConsumption) deploy_package ;;
  ElasticPremium) deploy_image ;;
  *) say "STEPFLOW_HOSTING is $STEPFLOW_HOSTING: FlexConsumption or ElasticPremium"; exit 2 ;;
esac

endpoint=${STEPFLOW_ENDPOINT:-https://$(az functionapp show --subscription "$subscription" --resource-group "$AZURE_RESOURCE_GROUP" \
  --name "$STEPFLOW_APP" --query defaultHostName --output tsv)}
say "waiting for $endpoint (up to ten minutes)"
tries=0
until curl --silent --fail --output /dev/null --max-time 15 "$endpoint/openapi.json"; do
  tries=$((tries + 1))
  if [ "$tries" = 40 ]; then
    say "it does not respond yet: see the app's log stream in the portal"
    exit 1
  fi
  sleep 15
done
say "$endpoint responds"
