namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The tuples between the steps of a path that binds variables or has parent operators.</summary>
internal sealed class TupleStream(List<Tuple> tuples) : EngineValue
{
    public List<Tuple> Tuples { get; } = tuples;
}
