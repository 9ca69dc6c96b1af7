namespace EduFunctions.Tests.Harness;

/// <param name="Tag">Another one with every write.</param>
internal sealed record InMemoryBlob(byte[] Content, string Tag, DateTimeOffset Modified, IReadOnlyDictionary<string, string> Metadata);

/// <param name="Holder">Whoever asked for it; null where nobody tells them apart.</param>
internal sealed record InMemoryLease(string Id, DateTimeOffset Until, object? Holder);

/// <summary>A storage account that is nothing but memory, with the conditions and leases of the real one, and with a clock of the test's own.</summary>
internal sealed class InMemoryAccount(TimeProvider time)
{
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, InMemoryLease> _leases = [];
    private SortedDictionary<string, InMemoryBlob> _blobs = new(StringComparer.Ordinal);
    private long _writes;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>By container and name, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, InMemoryBlob>> Blobs(string prefix)
    {
        lock (_gate)
        {
            return [.. _blobs.Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal))];
        }
    }

    public InMemoryBlob? Find(string path)
    {
        lock (_gate)
        {
            return _blobs.GetValueOrDefault(path);
        }
    }

    /// <returns>Null when the conditions are not met.</returns>
    public InMemoryBlob? TryWrite(string path, byte[] content, IReadOnlyDictionary<string, string> metadata, string? ifMatch, bool ifNone)
    {
        lock (_gate)
        {
            var there = _blobs.GetValueOrDefault(path);
            if ((ifNone && there is not null) || (ifMatch is not null && there?.Tag != ifMatch))
            {
                return null;
            }

            return _blobs[path] = new InMemoryBlob(content, $"\"0x{++_writes:X}\"", Now, metadata);
        }
    }

    public bool Delete(string path)
    {
        lock (_gate)
        {
            return _blobs.Remove(path);
        }
    }

    /// <returns>Null when somebody else has it.</returns>
    public InMemoryLease? TryAcquire(string path, object? holder)
    {
        lock (_gate)
        {
            return IsLeased(path) ? null : _leases[path] = new InMemoryLease(new Guid((int)++_writes, 0, 0, new byte[8]).ToString(), Now + LeaseLength, holder);
        }
    }

    /// <summary>Also one that has run out, as long as nobody took it.</summary>
    public bool TryRenew(string path, string id)
    {
        lock (_gate)
        {
            if (_leases.GetValueOrDefault(path) is not { } held || held.Id != id)
            {
                return false;
            }

            _leases[path] = held with { Until = Now + LeaseLength };
            return true;
        }
    }

    public bool TryRelease(string path, string id)
    {
        lock (_gate)
        {
            return _leases.GetValueOrDefault(path)?.Id == id && _leases.Remove(path);
        }
    }

    public bool IsLeased(string path)
    {
        lock (_gate)
        {
            return _leases.GetValueOrDefault(path) is { } held && held.Until > Now;
        }
    }

    /// <summary>What hosts do every five seconds while they are well, for tests whose clock leaves them no time for it.</summary>
    public void RenewFor(Func<object?, bool> isWell)
    {
        lock (_gate)
        {
            foreach (var (path, lease) in _leases.ToList().Where(held => isWell(held.Value.Holder)))
            {
                _leases[path] = lease with { Until = Now + LeaseLength };
            }
        }
    }

    /// <summary>As an operator who breaks a lease, or a storage that fails over; which one is any number, and there may be none.</summary>
    public void BreakLease(int number)
    {
        lock (_gate)
        {
            if (_leases.Count > 0)
            {
                _leases.Remove(_leases.Keys.Order(StringComparer.Ordinal).ElementAt(number % _leases.Count));
            }
        }
    }

    /// <summary>A dead process's leases have run out.</summary>
    public void EndLeases()
    {
        lock (_gate)
        {
            _leases.Clear();
        }
    }

    public SortedDictionary<string, InMemoryBlob> Copy()
    {
        lock (_gate)
        {
            return new(_blobs, StringComparer.Ordinal);
        }
    }

    /// <summary>As it was; nobody has a lease then.</summary>
    public void Restore(SortedDictionary<string, InMemoryBlob> copy)
    {
        lock (_gate)
        {
            _blobs = new(copy, StringComparer.Ordinal);
            _leases.Clear();
        }
    }
}
