using System.Collections.Frozen;

namespace StepFlow.Language.Intrinsics;

/// <summary>The functions by name (Amazon States Language, "Appendix B: List of Intrinsic Functions").</summary>
internal static class IntrinsicFunctions
{
    /// <summary>The maximum number of items that a function makes without quotas, so that the host's memory suffices.</summary>
    public const int MaxItems = 1_000_000;

    private static readonly FrozenDictionary<string, IntrinsicFunction> ByName = new IntrinsicFunction[]
    {
        new("Format", 1, int.MaxValue, TextIntrinsics.Format) { TakesTemplate = true },
        new("StringToJson", 1, 1, JsonIntrinsics.StringToJson),
        new("JsonToString", 1, 1, JsonIntrinsics.JsonToString),
        new("Array", 0, int.MaxValue, ArrayIntrinsics.Array),
        new("ArrayPartition", 2, 2, ArrayIntrinsics.ArrayPartition),
        new("ArrayContains", 2, 2, ArrayIntrinsics.ArrayContains),
        new("ArrayRange", 3, 3, ArrayIntrinsics.ArrayRange),
        new("ArrayGetItem", 2, 2, ArrayIntrinsics.ArrayGetItem),
        new("ArrayLength", 1, 1, ArrayIntrinsics.ArrayLength),
        new("ArrayUnique", 1, 1, ArrayIntrinsics.ArrayUnique),
        new("Base64Encode", 1, 1, TextIntrinsics.Base64Encode),
        new("Base64Decode", 1, 1, TextIntrinsics.Base64Decode),
        new("Hash", 2, 2, TextIntrinsics.Hash),
        new("JsonMerge", 3, 3, JsonIntrinsics.JsonMerge),
        new("MathRandom", 2, 3, MathIntrinsics.MathRandom) { IsPure = false },
        new("MathAdd", 2, 2, MathIntrinsics.MathAdd) { TakesOnlyNumbers = true },
        new("StringSplit", 2, 2, TextIntrinsics.StringSplit),
        new("UUID", 0, 0, MathIntrinsics.Uuid) { IsPure = false },
    }.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>The function with a name, without <c>States.</c>; null if there is none.</summary>
    public static IntrinsicFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
