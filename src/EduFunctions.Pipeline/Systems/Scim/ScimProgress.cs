using System.Globalization;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// How far a file has come, put on record every few seconds: a repeated stage goes on from there, and does again what was done since. The same step proves
/// that nobody has taken this run's place.
/// </summary>
internal sealed class ScimProgress(FileProgress file, DeliveryProgress progress, TimeProvider time)
{
    private const int ReasonsShown = 3;
    private const int LinesShown = 10;
    private const int EnoughToJudge = 50;

    private static readonly TimeSpan Often = TimeSpan.FromSeconds(10);

    private readonly List<int> _refused = [.. file.Refused];
    private readonly Dictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private DateTimeOffset _saved = DateTimeOffset.MinValue;
    private int _done = file.Completed + file.Errors;
    private int _notTried;

    /// <summary>The server's ids of users who rest or could not be deleted, by the hash of ours: a server may list and find only who is active.</summary>
    public Dictionary<string, string> Places { get; } = new(file.Places ?? new Dictionary<string, string>(), StringComparer.Ordinal);

    /// <summary>What nobody sees of what the server has done; null for nothing.</summary>
    public string? Caveat { get; set; }

    /// <summary>Lines that need no more work.</summary>
    public int Done => _done;

    private bool IsHopeless => _done - _notTried >= EnoughToJudge && _refused.Count - _notTried > (_done - _notTried) / 2;

    /// <summary>Before a line is carried out.</summary>
    /// <exception cref="DeliveryRefusedException">The server refuses most of all lines.</exception>
    [Told]
    public async Task BeginAsync()
    {
        if (IsHopeless)
        {
            await SaveAsync();
            throw new DeliveryRefusedException(
                $"The server refused {_refused.Count} of the first {_done} lines ({Reasons()}), so the others were not sent. Check the tenant file's settings and the server's rules, then run again.");
        }

        if (time.GetUtcNow() - _saved >= Often)
        {
            await SaveAsync();
        }
    }

    /// <param name="refusal">Null for a line that was taken.</param>
    public void Count(string? refusal)
    {
        _done++;
        if (refusal is not null)
        {
            _refused.Add(_done);
            _reasons[refusal] = _reasons.GetValueOrDefault(refusal) + 1;
        }
    }

    /// <summary>Counts lines that could not even be tried as refused, up to one of them: they say nothing of those that come.</summary>
    public void CountNotTried(int end, string refusal)
    {
        while (_done < end)
        {
            Count(refusal);
            _notTried++;
        }
    }

    public Task SaveAsync()
    {
        _saved = time.GetUtcNow();
        return progress.SetAsync(Now() with { State = ReceiptState.Sent });
    }

    /// <summary>Nothing more is done, and it is not known what the server has of the rest.</summary>
    public Task GiveUpAsync(string reason) => progress.SetAsync(Now() with { State = ReceiptState.Unknown, Reason = reason });

    [Told]
    public Task EndAsync() => progress.SetAsync(Now() with
    {
        State = _refused.Count > 0 ? ReceiptState.ProcessedWithErrors : ReceiptState.Processed,
        Reason = _refused.Count == 0 ? Caveat
            : string.Create(CultureInfo.InvariantCulture, $"the server refused {_refused.Count} of {file.Rows} lines of {file.Name} ({Reasons()}; lines {Lines()}); they go again with the next run"),
    });

    private FileProgress Now() => file with
    {
        Completed = _done - _refused.Count,
        Errors = _refused.Count,
        Refused = [.. _refused],
        Places = Places.Count == 0 ? null : new Dictionary<string, string>(Places),
    };

    [Told]
    private string Reasons() => _reasons.Count == 0 ? "as before the stage came back"
        : string.Join("; ", _reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Take(ReasonsShown).Select(reason => $"{reason.Value} × {reason.Key}"));

    private string Lines() => $"{string.Join(", ", _refused.Take(LinesShown))}{(_refused.Count > LinesShown ? " …" : "")}";
}
