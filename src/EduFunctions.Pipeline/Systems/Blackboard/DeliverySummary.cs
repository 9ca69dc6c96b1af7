using System.Globalization;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>One result out of many files: the worst state, all references, the sums of the counts.</summary>
internal static class DeliverySummary
{
    public static DeliveryResult GoingOn(DeliveryProgress progress) => Of(progress, ReceiptState.Built) with { GoesOn = true };

    public static DeliveryResult Of(DeliveryProgress progress, IReadOnlyList<string> troubles)
    {
        var reasons = progress.Files.Select(file => file.Reason ?? ErrorsOf(file)).OfType<string>().Concat(troubles).ToList();
        return Of(progress, Worst(progress, troubles)) with
        {
            Reason = reasons.Count == 0 ? null : $"{string.Join(". ", reasons)}.",
        };
    }

    private static DeliveryResult Of(DeliveryProgress progress, ReceiptState state) => new(state, References(progress))
    {
        Counts = new Dictionary<string, int>
        {
            ["rows"] = progress.Files.Sum(file => file.Rows),
            ["completed"] = progress.Files.Sum(file => file.Completed),
            ["errors"] = progress.Files.Sum(file => file.Errors),
            ["warnings"] = progress.Files.Sum(file => file.Warnings),
        },
    };

    private static ReceiptState Worst(DeliveryProgress progress, IReadOnlyList<string> troubles)
    {
        var states = progress.Files.Select(file => file.State).ToHashSet();

        // Where people may have other keys, what failed after that does not make it another night's: it goes the next.
        var failed = LearnMove.MayBeMade(progress.Find(LearnObject.Person.MovedFile)) ? ReceiptState.Unknown : ReceiptState.Failed;
        return states.Contains(ReceiptState.Failed) ? failed
            : states.Contains(ReceiptState.Unknown) ? ReceiptState.Unknown
            : troubles.Count > 0 ? failed
            : states.Contains(ReceiptState.ProcessedWithErrors) ? ReceiptState.ProcessedWithErrors
            : ReceiptState.Processed;
    }

    private static string? ErrorsOf(FileProgress file) =>
        file.Errors == 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"Learn counts {file.Errors} errors in {file.Name} (reference {file.Reference}); its log names the rows");

    private static string? References(DeliveryProgress progress) =>
        string.Join(", ", progress.Files.Select(file => file.Reference).OfType<string>()) is { Length: > 0 } references ? references : null;
}
