using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.DurableTask;
using StepFlow.Runtime.Documents;

namespace StepFlow.Functions.Orchestration;

/// <summary>
/// Reads and writes payloads in an orchestrator. Large ones are moved in parts by activities, because an
/// orchestrator does no I/O. A value that was received as a reference is sent as the same reference.
/// </summary>
/// <param name="refersToParts">Whether stored parts of larger values are referred to.</param>
internal sealed class OrchestrationPayloads(TaskOrchestrationContext context, bool refersToParts = true)
{
    private readonly ConditionalWeakTable<JsonValue, Payload> _references = [];
    private readonly ConditionalWeakTable<JsonValue, LightValue<Payload>> _light = [];
    private readonly Dictionary<string, JsonValue> _loaded = new(StringComparer.Ordinal);

    /// <summary>How many activities moved payloads.</summary>
    public int Calls { get; private set; }

    /// <summary>The number of bytes that were moved. They stay in the orchestration's history, and each turn reads them again.</summary>
    public long Bytes { get; private set; }

    /// <summary>The value of a payload. A stored value whose shape is known is only loaded when a state reads it.</summary>
    public async Task<JsonValue> ReadAsync(Payload payload)
    {
        if (payload is { Packed: null, Shape: not null } && PayloadReferences.Of(payload) is { } reference)
        {
            return Refer(reference);
        }

        JsonValue value = await ReadWholeAsync(payload);
        if (payload.Hash is not null)
        {
            Bytes += payload.Packed?.Length ?? 0;
            _references.AddOrUpdate(value, payload.Reference);
        }

        return value;
    }

    /// <summary>The value of a payload that is loaded immediately.</summary>
    public async Task<JsonValue> ReadWholeAsync(Payload payload) => JsonValue.Parse(await ReadUtf8Async(payload));

    /// <summary>A value whose content stays where it is stored.</summary>
    public JsonValue Refer(ValueReference reference)
    {
        JsonValue value = JsonValue.Defer(new StoredContent(reference, wanted => _loaded.GetValueOrDefault(wanted.Text)));
        _references.AddOrUpdate(value, PayloadReferences.Read(reference));
        return value;
    }

    /// <summary>Loads a value that a state has read.</summary>
    /// <exception cref="InvalidDataException">The stored value is not JSON, or of another kind than its reference says.</exception>
    public async Task LoadAsync(ValueReference reference)
    {
        JsonValue value = await ReadWholeAsync(PayloadReferences.Read(reference));
        _loaded[reference.Text] = value.Kind == reference.Kind
            ? value
            : throw new InvalidDataException($"The payload {reference.Text} is of the kind {value.Kind}, not {reference.Kind}.");
    }

    /// <summary>A value without the parts of it that are stored.</summary>
    public LightValue<Payload> Lighten(JsonValue value) =>
        _light.GetValue(value, whole => LightValue.Of(
            whole, part => (refersToParts || ReferenceEquals(part, whole)) && _references.TryGetValue(part, out Payload? known) ? known : null));

    /// <summary>The text of a payload, in UTF-8.</summary>
    public async Task<byte[]> ReadUtf8Async(Payload payload) =>
        PayloadCodec.TryRead(payload) ?? Gzip.Decompress(await FetchAsync(payload));

    public async Task<string?> ReadTextAsync(Payload? payload) =>
        payload is null ? null : Encoding.UTF8.GetString(await ReadUtf8Async(payload));

    /// <summary>A payload of a value.</summary>
    public async Task<Payload> WriteAsync(JsonValue value)
    {
        if (_references.TryGetValue(value, out Payload? known))
        {
            return known;
        }

        LightValue<Payload> light = Lighten(value);
        if (light.Parts.Count is > 0 and <= PayloadCodec.MaxInner)
        {
            return await WriteAsync(light.Value) with { Inner = [.. light.Parts.Select(static part => new InnerPayload(part.Path, part.Part))] };
        }

        Payload payload = await WriteUtf8Async(await WithContentAsync(value.ToUtf8));
        if (payload.Hash is not null)
        {
            payload = payload with { Shape = PayloadShape.Of(value) };
            _references.AddOrUpdate(value, payload);
        }

        return payload;
    }

    /// <summary>Runs a function that reads values, again and again until all values that it needs are loaded.</summary>
    public async Task<T> WithContentAsync<T>(Func<T> perform)
    {
        while (true)
        {
            ValueReference missing;
            try
            {
                return perform();
            }
            catch (ContentMissingException e)
            {
                missing = e.Reference;
            }

            await LoadAsync(missing);
        }
    }

    /// <summary>A payload of a text in UTF-8.</summary>
    public async Task<Payload> WriteUtf8Async(byte[] utf8) =>
        PayloadCodec.TryInline(utf8, out byte[] stored) ?? await StoreAsync(stored);

    /// <summary>A payload of a text; null for none.</summary>
    public async Task<Payload?> WriteTextAsync(string? text) => text is null ? null : await WriteUtf8Async(Encoding.UTF8.GetBytes(text));

    public async Task<byte[]> FetchAsync(Payload payload)
    {
        var bytes = new byte[payload.Length];
        for (int offset = 0; offset < bytes.Length; offset += PayloadCodec.PartBytes)
        {
            int length = Math.Min(PayloadCodec.PartBytes, bytes.Length - offset);
            Count(length);
            byte[] part = await context.CallActivityAsync<byte[]>(
                ActivityNames.ReadPayload, new PayloadRange(payload.Hash!, offset, length), ActivityOptions.Retried);
            part.CopyTo(bytes, offset);
        }

        return bytes;
    }

    public async Task<Payload> StoreAsync(byte[] stored)
    {
        Payload payload = PayloadCodec.Reference(stored);
        int parts = (stored.Length + PayloadCodec.PartBytes - 1) / PayloadCodec.PartBytes;
        for (int part = 0; part < parts; part++)
        {
            int offset = part * PayloadCodec.PartBytes;
            Count(Math.Min(stored.Length - offset, PayloadCodec.PartBytes));
            byte[] content = stored[offset..Math.Min(stored.Length, offset + PayloadCodec.PartBytes)];
            await context.CallActivityAsync(
                ActivityNames.WritePayload, new PayloadPart(payload.Hash!, part, parts, content), ActivityOptions.Retried);
        }

        return payload;
    }

    private void Count(int bytes)
    {
        Calls++;
        Bytes += bytes;
    }
}
