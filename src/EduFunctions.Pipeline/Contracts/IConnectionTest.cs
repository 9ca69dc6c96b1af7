using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>
/// A source or delivery that can try its connection without changing anything on the other side. Ends after the first check whose failure
/// makes the rest pointless; never throws for what the other side does.
/// </summary>
public interface IConnectionTest : IPlugIn
{
    /// <summary>What all of it, and a dry run, leaves open: a sentence that goes on after "whether".</summary>
    string OnlyANightTells { get; }

    /// <param name="settings">The plug-in's own record of settings.</param>
    IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, CancellationToken ct);
}

/// <param name="Subject">What was tried, such as <c>token</c> or a collection.</param>
/// <param name="Problem">What is wrong and what to do about it; null when it is good.</param>
public sealed record ConnectionCheck(string Subject, string? Problem = null)
{
    /// <summary>The address that was asked, for who has to find out why it did not answer as it should; null where the settings say it.</summary>
    public string? Asked { get; init; }
}
