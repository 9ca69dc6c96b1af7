using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>From what became of each document to what became of the delivery.</summary>
internal static class ImportSummary
{
    public static DeliveryResult GoingOn(DeliveryProgress progress) => Of(progress, ReceiptState.Built) with { GoesOn = true };

    /// <param name="troubles">Why something was not sent.</param>
    public static DeliveryResult Of(DeliveryProgress progress, IReadOnlyList<string> troubles)
    {
        var reasons = progress.Files.Select(file => file.Reason).OfType<string>().Concat(troubles).ToList();
        var states = progress.Files.Select(file => file.State).Append(troubles.Count == 0 ? ReceiptState.Processed : ReceiptState.Failed).ToHashSet();
        ReceiptState[] worstFirst = [ReceiptState.Failed, ReceiptState.Unknown, ReceiptState.ProcessedWithErrors, ReceiptState.Processed];
        return Of(progress, worstFirst.First(states.Contains)) with { Reason = reasons.Count == 0 ? null : $"{string.Join(". ", reasons)}." };
    }

    private static DeliveryResult Of(DeliveryProgress progress, ReceiptState state) => new(state)
    {
        Counts = new Dictionary<string, int>
        {
            ["rows"] = progress.Files.Sum(file => file.Rows),
            ["completed"] = progress.Files.Sum(file => file.Completed),
            ["errors"] = progress.Files.Sum(file => file.Errors),
        },
    };
}
