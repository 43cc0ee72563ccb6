using FsCheck;
using FsCheck.Fluent;
using StepFlow.Language.Json;

namespace StepFlow.Language.Tests.Json;

/// <summary>Random JSON values: few names, so that paths meet them; texts with what needs escaping.</summary>
internal static class JsonGen
{
    private static readonly Gen<string> Names = Gen.Frequency(
        (5, Gen.Elements("a", "b", "c", "items", "x y")),
        (1, ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get)));

    private static readonly Gen<JsonValue> Scalars = Gen.OneOf(
        Gen.Elements(JsonValue.Null, JsonValue.True, JsonValue.False, "x", string.Empty, "\"\\\n\u0001\u007f", "ä€😀", "\ud800 lone", "</script>"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => (JsonValue)text.Get),
        ArbMap.Default.GeneratorFor<long>().Select(number => (JsonValue)number),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => (JsonValue)JsonNumber.Create(number.Get)));

    public static Gen<JsonValue> Values { get; } = Gen.Sized(size => Sized(Math.Min(size, 30)));

    private static Gen<JsonValue> Sized(int size) => size == 0
        ? Scalars
        : Gen.Frequency(
            (2, Scalars),
            (2, Sized(size / 3).ListOf().Select(items => (JsonValue)JsonArray.From(items.Take(6)))),
            (3, Gen.Zip(Names, Sized(size / 3)).ListOf().Select(members => (JsonValue)JsonObject.Create([.. members.Take(6)]))));
}
