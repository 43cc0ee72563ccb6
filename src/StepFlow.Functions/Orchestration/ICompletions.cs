namespace StepFlow.Functions.Orchestration;

/// <summary>Hears of orchestrations that complete in this process. It is a hint, and no more: the turn that completes one may be lost, and runs again elsewhere.</summary>
internal interface ICompletions
{
    /// <summary>The execution of an instance has succeeded, and the instance is about to complete.</summary>
    void Expect(string instanceId);
}
