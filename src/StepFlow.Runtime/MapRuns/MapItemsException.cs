using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The items of a Map Run cannot be read. The run fails with this error.</summary>
internal class MapItemsException(StatesError error) : Exception(error.Cause)
{
    public StatesError Error => error;
}
