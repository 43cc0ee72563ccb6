using StepFlow.Language.Json;

namespace StepFlow.Service.Tests.Fuzz;

/// <summary>A call that was answered wrongly, or too late.</summary>
internal sealed record FuzzProblem(string Operation, JsonObject Request, string What)
{
    public override string ToString() => $"{Operation}: {What}\n  {Request}";
}
