using StepFlow.Language;
using StepFlow.Runtime.Definitions;

namespace StepFlow.Runtime.Tests.Definitions;

public sealed class CompiledMachinesTests
{
    private const string Definition = """{"Comment":"of these tests","StartAt":"A","States":{"A":{"Type":"Succeed"}}}""";

    [Fact]
    public void Get_SameText_IsCompiledOnce() =>
        Assert.Same(CompiledMachines.Get(Definition), CompiledMachines.Get(new string(Definition.AsSpan())));

    [Fact]
    public void Get_AnotherType_IsAnotherMachine() =>
        Assert.NotSame(CompiledMachines.Get(Definition), CompiledMachines.Get(Definition, StateMachineType.Express));

    [Fact]
    public void Get_InvalidText_ReportsTheProblem()
    {
        DefinitionException refused = Assert.Throws<DefinitionException>(() => CompiledMachines.Get("""{"StartAt":"A","States":{}}"""));

        Assert.Contains("SCHEMA_VALIDATION_FAILED", refused.Message, StringComparison.Ordinal);
    }
}
