using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Tls;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.Pipeline.Probing;

/// <summary>Asks a register what a roster client needs to know. It reads and asks within limits, keeps no row and changes nothing.</summary>
public sealed class RegisterProbe(CertifiedConnections connections, TimeProvider time)
{
    /// <summary>Three pages at least, where there are as many rows.</summary>
    private const int PagesOfALaterReading = 3;

    private const int MostReadings = 3;

    /// <exception cref="RunHeldException">The connection's certificate is not good today.</exception>
    public async Task<ProbeReport> RunAsync(RegisterSettings settings, ProbeLimits limits, CancellationToken ct)
    {
        using var client = connections.Open(RegisterSource.HttpClientName, settings.Certificates);
        using var access = settings.Enter(client, time);
        var calls = new ProbeCalls(client, access, settings.BaseUrl, limits, time);
        var seen = new ProbedRegister(RegisterSource.CollectionsOf(settings));
        await AskAsync(settings, calls, seen, limits, ct);
        seen.Answers = calls.Answers;
        return new ProbeReport
        {
            // A query may hold a key.
            Register = new Uri(settings.BaseUrl).GetLeftPart(UriPartial.Path),
            Profile = settings.Type,
            At = time.GetUtcNow(),
            Requests = calls.Made,
            Rows = seen.Firsts.ToDictionary(reading => reading.Collection, reading => reading.Ids.Count),
            Results = [.. ProbeChecks.All.Select(check => check.Of(seen))],
        };
    }

    private async Task AskAsync(RegisterSettings settings, ProbeCalls calls, ProbedRegister seen, ProbeLimits limits, CancellationToken ct)
    {
        if (settings.Client is { } client)
        {
            seen.Token = await new TokenQuestions(calls, client).AskAsync(ct);
            if (!seen.Token.IsGiven)
            {
                return;
            }
        }

        // A certificate is shown with the connection, so nobody is a stranger there.
        seen.Stranger = settings.Certificates?.Own is null ? await calls.GetAsStrangerAsync($"{RowShape.Organisations}?limit=1", ct) : null;
        var walk = new CollectionWalk(calls, limits);
        foreach (var collection in seen.Collections)
        {
            seen.Readings[collection] = [await walk.ReadAsync(collection, settings.PageSize, seen.Facts, ct)];
        }

        if (seen.Firsts.Any())
        {
            var questions = new SingleQuestions(calls, seen, time);
            await questions.AskAsync(ct);
            await new FilterQuestions(calls, seen).AskAsync(ct);
            seen.LookUp = await new LookUpQuestions(calls, seen).AskAsync(ct);
            await ReadAgainAsync(walk, seen, ct);
            await questions.AskForBothAsync(ct);
        }
    }

    /// <summary>Once more by other pages; what differs then may have changed meanwhile, so it is read a third time.</summary>
    private static async Task ReadAgainAsync(CollectionWalk walk, ProbedRegister seen, CancellationToken ct)
    {
        foreach (var first in seen.Firsts.Where(reading => reading is { IsWhole: true, Ids.Count: > 0 }))
        {
            var readings = seen.Readings[first.Collection];
            var limit = Math.Clamp((first.Ids.Count + PagesOfALaterReading - 1) / PagesOfALaterReading, 1, first.Limit);
            do
            {
                readings.Add(await walk.ReadAsync(first.Collection, limit, facts: null, ct));
            }
            while (readings[^1].IsWhole && readings.Count < MostReadings && !readings[^1].Ids.SequenceEqual(readings[^2].Ids, StringComparer.OrdinalIgnoreCase));
        }
    }
}
