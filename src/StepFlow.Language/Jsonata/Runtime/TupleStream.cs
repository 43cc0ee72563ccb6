namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The tuples that flow through a path which binds variables or looks at parents.</summary>
internal sealed class TupleStream(List<Tuple> tuples) : EngineValue
{
    public List<Tuple> Tuples { get; } = tuples;
}
