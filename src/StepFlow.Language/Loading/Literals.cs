using System.Diagnostics;
using StepFlow.Language.Compilation;
using StepFlow.Language.Templates;

namespace StepFlow.Language.Loading;

/// <summary>Literal fields, which are the same in both query languages.</summary>
internal static class Literals
{
    public static Field<DateTimeOffset> Wait(JsonNumber seconds) => new SecondsWait(seconds.TryGetInt64(out long whole) ? whole : throw new UnreachableException());

    public static Field<DateTimeOffset> Until(string timestamp) =>
        new TimestampWait(IsoTimestamp.TryParse(timestamp, out IsoTimestamp instant) ? instant.Instant : throw new UnreachableException());
}
