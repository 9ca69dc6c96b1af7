namespace EduFunctions.Simulators.Sftp;

/// <summary>How a client finds a drop box, and what has come to it.</summary>
public interface IDropBox
{
    int Port { get; }

    /// <summary>As <c>ssh-keygen -l</c> prints them.</summary>
    IReadOnlyList<string> HostKeyFingerprints { get; }

    IReadOnlyList<ReceivedFile> Received { get; }
}
