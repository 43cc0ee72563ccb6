using StepFlow.Functions.Orchestration;
using StepFlow.Service.MapRuns;

namespace StepFlow.Functions.Activities;

/// <summary>Asks for the objects of a bucket.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What their keys start with.</param>
public sealed record ObjectListing(string Bucket, string Prefix);

/// <summary>Asks to write an object whose content is in the payload store.</summary>
/// <param name="Address">Where to.</param>
/// <param name="Content">The compressed content.</param>
public sealed record ObjectWrite(ObjectAddress Address, Payload Content);
