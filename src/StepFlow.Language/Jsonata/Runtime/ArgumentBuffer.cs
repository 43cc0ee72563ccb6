using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>Room for the arguments of a call on the stack.</summary>
[InlineArray(Length)]
internal struct ArgumentBuffer
{
    public const int Length = 6;

    private JsonValue? _first;
}
