using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using Xunit;

namespace EduFunctions.Tests.Harness;

/// <summary>Some weeks of a restless town into a target with habits, while answers get lost, targets rest and backups come back; all drawn by a seed.</summary>
internal abstract class Story(Random random, Action<string> tell)
{
    private const int Nights = 20;
    private const int CleanNights = 6;

    private (string What, DateOnly Until)? _freeze;
    private bool _isBackUnsaid;
    private HashSet<string> _active = [];
    private int _backups;

    protected Random Random { get; } = random;

    protected RestlessTown Town { get; } = new(random);

    /// <summary>Whether the target was ever restored.</summary>
    protected bool WasRestored { get; private set; }

    /// <summary>Of the night that was played last.</summary>
    protected abstract DateOnly Date { get; }

    /// <summary>Ids of who is in use there.</summary>
    protected abstract IEnumerable<string> Active { get; }

    /// <summary>What the target was told last, for whoever looks for a fault.</summary>
    protected abstract string Calls { get; }

    /// <summary>What the guard is told.</summary>
    protected JsonObject Guard { get; } = new()
    {
        ["maxRemovedPercent"] = 30,
        ["minRemoved"] = 5,
        ["maxChangedPercent"] = 100,
        ["maxAddedPercent"] = 100,
        ["maxColumnPercent"] = 100,
        ["windowDays"] = 0,
        ["removeAfterDays"] = random.Next(3) == 0 ? 2 : 1,
    };

    public async Task PlayAsync()
    {
        for (var number = 1; number <= Nights; number++)
        {
            await PlayAsync(number);
        }

        _freeze = null;
        for (var number = 1; number <= CleanNights; number++)
        {
            var night = Next(Town.Write().Data);
            var isTotal = number == 1 && _isBackUnsaid;
            var result = await RunAsync(isTotal ? night.Total() : night, $"clean {number}{(isTotal ? " total" : "")}", approves: true);
            if (number == CleanNights)
            {
                AssertUnseen();
                AssertRight(result);
            }
        }
    }

    /// <summary>The next night, not run yet.</summary>
    protected abstract Night Next(ISchoolData school);

    protected abstract void BackUp();

    /// <param name="nights">So many ago.</param>
    protected abstract void Restore(int nights);

    /// <param name="isFaulty">Whether answers get lost from now on.</param>
    protected abstract void Behave(bool isFaulty);

    /// <summary>The night is over there.</summary>
    protected abstract void Settle();

    /// <summary>Hours pass until an operator answers.</summary>
    protected virtual void Rest()
    {
    }

    /// <summary>Nobody protected shows.</summary>
    protected abstract void AssertUnseen();

    /// <summary>The target has what the register says.</summary>
    /// <param name="last">After some nights in which nothing happened.</param>
    protected abstract void AssertRight(NightResult last);

    /// <summary>A change of the target's own in the tenant file.</summary>
    /// <returns>What it was; empty for nothing.</returns>
    protected virtual string ChangeSettings() => "";

    private async Task PlayAsync(int number)
    {
        var told = number == 1 ? "begins" : Town.Live() + ChangeSettings();
        _active = [.. Active];
        var isRestored = number > 5 && Random.Next(9) == 0;
        if (isRestored)
        {
            var back = Random.Next(2, Math.Min(6, _backups));
            told += $"; restored to {back} nights ago; total";
            Restore(back);
            WasRestored = true;
        }

        var hides = number > 2 && Random.Next(7) == 0;
        if (hides)
        {
            Town.Hide();
            told += $"; {string.Join(' ', Town.Hidden)} protected";
        }

        if (number > 2 && Random.Next(14) == 0)
        {
            var unit = Random.Next(2) == 0 ? "north" : "south";
            Town.Rekey(unit);
            told += $"; {unit} has other ids";
        }

        // Whoever is missing says of nobody that they are protected.
        var without = number > 2 && Random.Next(10) == 0 && !hides ? "south" : null;
        var isFaulty = number > 1 && Random.Next(4) == 0;
        Freeze();
        Behave(isFaulty);
        var night = Next(Town.Write(without).Data);
        _ = isRestored ? night.Total() : night;
        if (_freeze is { } freeze)
        {
            night.WithFeed("freeze", new JsonObject { ["until"] = freeze.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["what"] = freeze.What });
            told += $"; freeze of {freeze.What} until {freeze.Until:o}";
        }

        // What came back with a restore is taken away by a night that says everything and in which everybody may go.
        _isBackUnsaid = isRestored ? _freeze is not null || isFaulty || without is not null : _isBackUnsaid;
        var about = $"night {number} ({Date:o}): {told}{(without is null ? "" : $"; without {without}")}{(isFaulty ? "; answers are lost" : "")}";
        await RunAsync(night, about, approves: without is null && Random.Next(2) == 0);
        AssertKept(without, isRestored);
        if (!isFaulty && !_isBackUnsaid)
        {
            AssertUnseen();
        }

        BackUp();
        _backups++;
    }

    private void Freeze()
    {
        _freeze = _freeze is { } freeze && Date.AddDays(1) < freeze.Until ? freeze
            : Date > Night.Today && Random.Next(8) == 0 ? (new[] { "adds", "removals", "all" }[Random.Next(3)], Date.AddDays(Random.Next(2, 5)))
            : null;
    }

    private async Task<NightResult> RunAsync(Night night, string about, bool approves)
    {
        var result = await night.RunAsync();
        var state = $"{result.Run.State} {result.Run.StateReason} {result.Run.Feeds[0].Reason}";
        if (approves && result.Run.Feeds[0].Holds.Count > 0)
        {
            Rest();
            (result, var refusal) = await night.ApproveAllAsync(result.Run.Run);
            state += $"; approved {refusal}: {result.Run.State} {result.Run.Feeds[0].Reason}";
        }

        Behave(isFaulty: false);
        Settle();
        tell($"{about}: {state}");
        return result;
    }

    /// <summary>Nobody of a school that is missing as a whole, and nobody while removals rest, is gone.</summary>
    private void AssertKept(string? without, bool isRestored)
    {
        var kept = _freeze?.What is "removals" or "all" ? _active : without is not null ? Town.VisibleIds(without).Intersect(_active) : [];
        var now = Active.ToHashSet();
        var gone = isRestored ? [] : kept.Except(Town.HiddenIds).Where(id => !now.Contains(id)).ToList();
        Assert.True(gone.Count == 0, $"{string.Join(' ', gone)} stay, and are not in use\n{Calls}");
    }
}
