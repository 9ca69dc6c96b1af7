using System.Net.Sockets;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>
/// What the library throws, in words for people: which server, what it was asked, and what helps. It throws of nearly every kind, also where a server
/// says what no library expects.
/// </summary>
internal static class SftpTrouble
{
    private const int MostWords = 120;

    /// <summary>How the library begins to say which of its questions a server refused to who was let in; it has one exception for both.</summary>
    private const string NoSession = "Failed to open a channel";
    private const string NoSubsystem = "Subsystem ";

    /// <summary>What the protocol calls its codes, which servers write with blanks between.</summary>
    private static readonly string[] Codes = [.. Enum.GetNames<StatusCode>(), "NoSuchPath"];

    /// <summary>Whether it comes of what a server said or did, and not of us.</summary>
    public static bool Is(Exception e) => e is SshException || IsBroken(e) || e is ArgumentException or IndexOutOfRangeException or OverflowException or NotSupportedException;

    /// <summary>Whether there is no connection any more.</summary>
    public static bool IsBroken(Exception e) => e is SshConnectionException or SocketException or EndOfStreamException or InvalidOperationException;

    /// <summary>What the server answered: a code of the protocol, or that it ended.</summary>
    [Told]
    public static string Answer(Exception e) => e is SftpException answered ? $"answered {answered.StatusCode}" : IsBroken(e) ? "ended the connection" : "broke off";

    /// <summary>What the server said in its own words, as much of it as fits into a sentence; empty where it has said no more than its code.</summary>
    [Told]
    public static string Words(SftpException e)
    {
        var words = new string([.. e.Message.Where(c => !char.IsControl(c)).Take(MostWords)]).Trim().TrimEnd('.');
        return words.Length == 0 || Codes.Contains(words.Replace(" ", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase) ? "" : $" and says \"{words}\"";
    }

    /// <summary>Of a connection that is not there yet.</summary>
    /// <param name="isIn">Whether the server had let the user in.</param>
    [Told]
    public static Exception OfOpening(Exception e, ISftpServer sftp, bool isIn)
    {
        var server = $"{sftp.Host}:{sftp.Port}";
        return e switch
        {
            SftpException answered => new DeliveryRefusedException(
                $"{server} let user \"{sftp.Username}\" in, but does not say where files lie (it answers REALPATH with {answered.StatusCode}). Ask the receiver to allow that.", e),
            SocketException socket => new IOException(Unreachable(server, socket, sftp.Section), e),
            SshConnectionException or EndOfStreamException when isIn => new IOException(
                $"{server} let user \"{sftp.Username}\" in and then ended the connection. Ask the receiver whether there are too many sessions, and whether this user may use SFTP.", e),
            SshException when isIn && e.Message.StartsWith(NoSession, StringComparison.Ordinal) => new IOException(
                $"{server} let user \"{sftp.Username}\" in, but refused to open a session. Ask the receiver whether there are too many sessions.", e),
            SshException when isIn && e.Message.StartsWith(NoSubsystem, StringComparison.Ordinal) => new IOException(
                $"{server} let user \"{sftp.Username}\" in, but refused SFTP in the session. Ask the receiver to allow this user SFTP.", e),
            TimeoutException or SshOperationTimeoutException when isIn => new TimeoutException(
                $"{server} let user \"{sftp.Username}\" in, but then spoke no SFTP in time. "
                + "Ask the receiver whether the server is well, and whether this user has SFTP, with no text or shell before it.", e),
            _ when isIn => NoFiles(sftp, e),
            SshOperationTimeoutException => new TimeoutException($"{server} let nobody in: it did not answer in time. Ask the receiver whether the server is well.", e),
            _ => new IOException(
                $"{server} {Answer(e)} before user \"{sftp.Username}\" was let in. Check {sftp.Section}.host and {sftp.Section}.port, and ask the receiver whether the server is well.", e),
        };
    }

    [Told]
    private static string Unreachable(string server, SocketException e, string section) =>
        $"{server} cannot be reached ({e.SocketErrorCode}). Check {section}.host and {section}.port.";

    /// <summary>The user is in, and there is no SFTP behind the door: that does not pass by itself.</summary>
    [Told]
    private static DeliveryRefusedException NoFiles(ISftpServer sftp, Exception e) => new(
        $"{sftp.Host}:{sftp.Port} let user \"{sftp.Username}\" in, but then spoke no SFTP. Ask the receiver to allow this user SFTP, with no text or shell before it.", e);

    /// <summary>Of a file that was not taken as a whole. Where the server said no, that does not pass by itself.</summary>
    [Told]
    public static Exception OfWriting(Exception e, SftpSettings sftp, string path)
    {
        var server = $"{sftp.Host}:{sftp.Port}";
        return e switch
        {
            SftpPermissionDeniedException => new DeliveryRefusedException(
                $"{server} took {path} only in part and then denied it to user \"{sftp.Username}\". Ask the receiver what became of the file.", e),
            SftpException => new DeliveryRefusedException(
                $"{server} took {path} only in part and then {Answer(e)}. Ask the receiver whether there is room left for user \"{sftp.Username}\".", e),
            _ => new IOException($"{server} {Answer(e)} while {path} was put. Ask the receiver whether the server is well.", e),
        };
    }
}
