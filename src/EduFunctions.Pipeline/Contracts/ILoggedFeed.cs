namespace EduFunctions.Pipeline.Contracts;

/// <summary>A feed whose target tells what has become of it in a file that somebody has to fetch there.</summary>
public interface ILoggedFeed : IFeed
{
    /// <summary>The finding under which refused rows stand with the run.</summary>
    string RefusedFinding { get; }

    /// <summary>The finding under which a whole delivery stands that was refused.</summary>
    string AllRefusedFinding { get; }

    /// <exception cref="FormatException">It is no such file; says why.</exception>
    TargetLog ReadLog(Stream content);
}

/// <summary>What a target says of one delivery.</summary>
/// <param name="Activity">Its own name for it.</param>
/// <param name="Status">Its own words for how it ended.</param>
/// <param name="Rows">One for each record that it did something with; the last one where it did several things.</param>
public sealed record TargetLog(string? Activity, DateTimeOffset? Ended, string Status, IReadOnlyList<LoggedRow> Rows)
{
    /// <summary>Whether nothing at all was taken.</summary>
    public bool IsAllRefused { get; init; }

    /// <summary>How many rows could not be read.</summary>
    public int Unread { get; init; }

    /// <summary>Whether it says that something was refused, whatever its rows say.</summary>
    public bool TellsOfErrors { get; init; }
}

/// <param name="Kind">Of what, by the column of its id.</param>
/// <param name="What">What was done, or why it was not, in the target's words.</param>
public sealed record LoggedRow(string Kind, string Id, string What, bool IsRefused);
