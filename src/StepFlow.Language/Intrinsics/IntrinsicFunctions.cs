using System.Collections.Frozen;

namespace StepFlow.Language.Intrinsics;

/// <summary>The functions by name (Amazon States Language, "Appendix B: List of Intrinsic Functions").</summary>
internal static class IntrinsicFunctions
{
    private static readonly FrozenDictionary<string, IntrinsicFunction> ByName = new IntrinsicFunction[]
    {
        new FormatFunction(),
        new StringToJsonFunction(),
        new JsonToStringFunction(),
        new ArrayFunction(),
        new ArrayPartitionFunction(),
        new ArrayContainsFunction(),
        new ArrayRangeFunction(),
        new ArrayGetItemFunction(),
        new ArrayLengthFunction(),
        new ArrayUniqueFunction(),
        new Base64EncodeFunction(),
        new Base64DecodeFunction(),
        new HashFunction(),
        new JsonMergeFunction(),
        new MathRandomFunction(),
        new MathAddFunction(),
        new StringSplitFunction(),
        new UuidFunction(),
    }.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>The function with a name, without <c>States.</c>; null if there is none.</summary>
    public static IntrinsicFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
