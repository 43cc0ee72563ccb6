namespace StepFlow.Runtime.TaskLimits;

/// <summary>The leases of a limit, as its document stores them.</summary>
/// <param name="Leases">The tasks' ids, and when their leases run out.</param>
/// <param name="Tokens">How many tasks may start at <paramref name="Filled"/>; null before the first one.</param>
/// <param name="Filled">When the tokens were counted.</param>
internal sealed record LeaseState(IReadOnlyDictionary<string, DateTimeOffset> Leases, double? Tokens, DateTimeOffset Filled)
{
    /// <summary>Whether it is as before the first task.</summary>
    public bool IsInitial => Leases.Count == 0 && Tokens is null;

    /// <summary>Reads the state; the initial state if there is none.</summary>
    public static LeaseState Read(JsonValue? value) => value is JsonObject state
        ? new(
            ((JsonObject)state["leases"]!).ToDictionary(static one => one.Key, static one => Time(one.Value), StringComparer.Ordinal),
            (state["tokens"] as JsonNumber)?.ToDouble(),
            Time(state["filled"]!))
        : new(new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal), null, DateTimeOffset.UnixEpoch);

    /// <summary>As it is written.</summary>
    public JsonObject ToJson() => JsonObject.Create(
        ("leases", JsonObject.Create([.. Leases.Select(static one => (one.Key, (JsonValue)one.Value.ToUnixTimeMilliseconds()))])),
        ("tokens", Tokens is { } tokens ? JsonNumber.Create(tokens) : JsonValue.Null),
        ("filled", Filled.ToUnixTimeMilliseconds()));

    /// <summary>Takes or renews the lease of a task. Null if the limit is reached.</summary>
    public LeaseState? Take(TaskLimit limit, string id, DateTimeOffset now)
    {
        Dictionary<string, DateTimeOffset> leases = Leases.Where(one => one.Value > now).ToDictionary(StringComparer.Ordinal);
        bool isNew = !leases.ContainsKey(id);
        if (isNew && leases.Count >= limit.MaxConcurrency)
        {
            return null;
        }

        leases[id] = now + DocumentTaskLeases.LeaseTime;
        if (!isNew || limit.RatePerSecond is not { } rate)
        {
            return this with { Leases = leases };
        }

        double tokens = Tokens is { } left ? Math.Min(limit.Burst, left + (Math.Max(0, (now - Filled).TotalSeconds) * rate)) : limit.Burst;
        return tokens < 1 ? null : new(leases, tokens - 1, now);
    }

    /// <summary>Removes the lease of a task.</summary>
    public LeaseState Return(string id) => this with { Leases = Leases.Where(one => one.Key != id).ToDictionary(StringComparer.Ordinal) };

    private static DateTimeOffset Time(JsonValue value) => DateTimeOffset.FromUnixTimeMilliseconds(value is JsonNumber number && number.TryGetInt64(out long milliseconds) ? milliseconds : 0);
}
