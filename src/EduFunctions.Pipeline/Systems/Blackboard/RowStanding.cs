namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>How sure it is that Learn has a record that is sent once.</summary>
internal enum RowStanding
{
    /// <summary>Nobody has sent it, or it was to go, or what it was sent in was lost.</summary>
    Unknown,

    /// <summary>Sent in a file of which Learn refused rows, without saying which.</summary>
    Open,

    /// <summary>Taken, or refused twice: Learn counts what it has as an error every time.</summary>
    Settled,
}

/// <summary>A standing as it is kept.</summary>
internal static class RowStandings
{
    private static ReadOnlySpan<byte> New => "new"u8;

    private static ReadOnlySpan<byte> Again => "again"u8;

    /// <param name="isLost">Whether Learn has not worked through the file that the row was sent in, so that it has got no further by that.</param>
    public static RowStanding Of(ReadOnlySpan<byte> status, bool isLost) => status.SequenceEqual(New) ? (isLost ? RowStanding.Unknown : RowStanding.Open)
        : status.SequenceEqual(Again) && isLost ? RowStanding.Open
        : status.SequenceEqual("disabled"u8) ? RowStanding.Unknown
        : RowStanding.Settled;

    public static ReadOnlySpan<byte> StatusOf(RowStanding standing) => standing switch
    {
        RowStanding.Open => New,
        RowStanding.Unknown => "disabled"u8,
        _ => "enabled"u8,
    };

    public static ReadOnlySpan<byte> StatusAfter(LearnObject kind, RowStanding before) => !kind.IsSentOnce ? "enabled"u8 : before switch
    {
        RowStanding.Unknown => New,
        RowStanding.Open => Again,
        _ => "enabled"u8,
    };
}
