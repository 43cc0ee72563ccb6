namespace StepFlow.Integrations.Blobs;

/// <summary>Makes the outcome of a failed call, in the terms of the service whose name the call has.</summary>
internal interface IBlobRefusals
{
    /// <summary>The store refused.</summary>
    TaskRejected Fail(TaskCall call, BlobFailure failure, string container);

    /// <summary>An argument is wrong.</summary>
    TaskRejected Invalid(TaskCall call, string problem);

    /// <summary>The blob is larger than a workflow may read.</summary>
    TaskRejected TooLarge(TaskCall call, long length, int most);
}
