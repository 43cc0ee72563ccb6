using System.Runtime.CompilerServices;
using Microsoft.DurableTask;
using StepFlow.Functions.Activities;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Orchestration;

/// <summary>
/// Payloads as an orchestrator reads and writes them: large ones part by part through activities, since an
/// orchestrator does no I/O. A value that came in by reference goes out by the same reference.
/// </summary>
internal sealed class OrchestrationPayloads(TaskOrchestrationContext context)
{
    private readonly ConditionalWeakTable<JsonValue, Payload> _references = [];

    /// <summary>The value of a payload.</summary>
    public async Task<JsonValue> ReadAsync(Payload payload)
    {
        if (PayloadCodec.TryRead(payload) is { } value)
        {
            return value;
        }

        value = JsonValue.Parse(PayloadCodec.Decompress(await FetchAsync(payload)));
        _references.AddOrUpdate(value, payload);
        return value;
    }

    /// <summary>A payload of a value.</summary>
    public async Task<Payload> WriteAsync(JsonValue value)
    {
        if (_references.TryGetValue(value, out Payload? known))
        {
            return known;
        }

        if (PayloadCodec.TryInline(value, out byte[] stored) is { } inline)
        {
            return inline;
        }

        Payload payload = await StoreAsync(stored);
        _references.AddOrUpdate(value, payload);
        return payload;
    }

    /// <summary>Stored bytes, such as a snapshot.</summary>
    public async Task<byte[]> FetchAsync(Payload payload)
    {
        var bytes = new byte[payload.Length];
        for (int offset = 0; offset < bytes.Length; offset += PayloadCodec.PartBytes)
        {
            int length = Math.Min(PayloadCodec.PartBytes, bytes.Length - offset);
            byte[] part = await context.CallActivityAsync<byte[]>(
                ActivityNames.ReadPayload, new PayloadRange(payload.Hash!, offset, length), ActivityOptions.Retried);
            part.CopyTo(bytes, offset);
        }

        return bytes;
    }

    /// <summary>Stores bytes.</summary>
    public async Task<Payload> StoreAsync(byte[] stored)
    {
        Payload payload = PayloadCodec.Reference(stored);
        int parts = (stored.Length + PayloadCodec.PartBytes - 1) / PayloadCodec.PartBytes;
        for (int part = 0; part < parts; part++)
        {
            int offset = part * PayloadCodec.PartBytes;
            byte[] content = stored[offset..Math.Min(stored.Length, offset + PayloadCodec.PartBytes)];
            await context.CallActivityAsync(
                ActivityNames.WritePayload, new PayloadPart(payload.Hash!, part, parts, content), ActivityOptions.Retried);
        }

        return payload;
    }
}
