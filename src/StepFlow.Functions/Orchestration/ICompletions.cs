namespace StepFlow.Functions.Orchestration;

/// <summary>Is notified of orchestrations that complete in this process. This is only a hint: the turn that completes one can be lost, and runs again in another process.</summary>
internal interface ICompletions
{
    /// <summary>The execution of an instance has succeeded, and the instance is about to complete.</summary>
    void Expect(string instanceId);
}
