using System.Collections.Concurrent;

namespace StepFlow.Service.Access;

/// <summary>
/// Slows down attackers who try credentials. The response to each wrong attempt of an address is delayed longer. While too many
/// are delayed, no more attempts of the address are checked. Correct credentials are not delayed, except by that.
/// </summary>
internal sealed class RefusedAttempts(TimeProvider time)
{
    /// <summary>The maximum number of delayed responses to one address.</summary>
    public const int MaxWaiting = 8;

    private const int MaxAddresses = 10_000;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Attempts> _addresses = new(StringComparer.Ordinal);

    /// <summary>Whether credentials of an address may be checked now.</summary>
    public bool MayTry(string address) => !_addresses.TryGetValue(Key(address), out Attempts? attempts) || Volatile.Read(ref attempts.Waiting) < MaxWaiting;

    /// <summary>Counts a wrong attempt, and waits before its response.</summary>
    /// <param name="address">Who tried.</param>
    /// <returns>How many attempts of the address have been wrong in the last 15 minutes.</returns>
    public async Task<int> RefuseAsync(string address, CancellationToken cancellationToken)
    {
        Attempts attempts = _addresses.GetOrAdd(Key(address), static _ => new());
        int count = attempts.Note(time.GetUtcNow(), Memory);
        Interlocked.Increment(ref attempts.Waiting);
        try
        {
            double factor = Math.Pow(2, Math.Min(count - 1, 10));
            TimeSpan delay = FirstDelay * factor;
            await Task.Delay(delay < LongestDelay ? delay : LongestDelay, time, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref attempts.Waiting);
        }

        return count;
    }

    // The table must not grow with an attack from many addresses: those beyond the limit share an entry.
    private string Key(string address)
    {
        if (_addresses.Count < MaxAddresses || _addresses.ContainsKey(address))
        {
            return address;
        }

        DateTimeOffset before = time.GetUtcNow() - Memory;
        foreach ((string old, Attempts attempts) in _addresses)
        {
            if (attempts.IsOver(before))
            {
                _addresses.TryRemove(old, out _);
            }
        }

        return _addresses.Count < MaxAddresses ? address : string.Empty;
    }

    private sealed class Attempts
    {
        public int Waiting;

        private readonly Lock _gate = new();
        private int _count;
        private DateTimeOffset _last = DateTimeOffset.MinValue;

        public int Note(DateTimeOffset now, TimeSpan memory)
        {
            lock (_gate)
            {
                _count = now - _last > memory ? 1 : _count + 1;
                _last = now;
                return _count;
            }
        }

        public bool IsOver(DateTimeOffset before)
        {
            lock (_gate)
            {
                return _last < before && Volatile.Read(ref Waiting) == 0;
            }
        }
    }
}
