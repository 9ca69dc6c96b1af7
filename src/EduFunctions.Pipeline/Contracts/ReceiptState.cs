namespace EduFunctions.Pipeline.Contracts;

public enum ReceiptState
{
    Built,
    Sent,
    Accepted,
    Processed,
    ProcessedWithErrors,
    Unknown,
    Failed,
    Held,
    SkippedUnchanged,
}
