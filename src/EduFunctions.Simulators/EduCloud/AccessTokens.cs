using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>Bearer tokens that were given out and when they end.</summary>
internal sealed class AccessTokens(EduCloudHabits habits)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new();

    public string Issue()
    {
        if (habits.OneTokenAtATime)
        {
            _ends.Clear();
        }

        var token = RandomNumberGenerator.GetHexString(48, lowercase: true);
        _ends[token] = habits.Clock.GetUtcNow() + habits.TokenLifetime;
        return token;
    }

    public bool Accepts(string? authorization)
    {
        const string Scheme = "Bearer ";
        return authorization is not null
            && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && _ends.TryGetValue(authorization[Scheme.Length..].Trim(), out var end)
            && habits.Clock.GetUtcNow() < end;
    }
}
