using StepFlow.Integrations.Secrets;

namespace StepFlow.Integrations.Blobs;

/// <summary>The dependencies of the actions on blobs.</summary>
internal sealed record BlobContext(WorkflowBlobs Store, BlobOptions Options, BlobRefusals Refusals, SecretPlaceholders Placeholders, TimeProvider Time);
