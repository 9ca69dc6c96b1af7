using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>The connection of a delivery, and the next one where a server ends it after every file.</summary>
internal sealed class SftpSession : IAsyncDisposable
{
    private readonly ISftpServer _sftp;
    private readonly CallLimits _limits;
    private SftpLogin? _login;
    private SftpConnection? _connection;

    private SftpSession(ISftpServer sftp, CallLimits limits) => (_sftp, _limits) = (sftp, limits);

    public SftpConnection Connection => _connection!;

    /// <summary>Whether a file was put over this connection: that it ends then is a habit.</summary>
    public bool HasServed { get; set; }

    public static async Task<SftpSession> OpenAsync(ISftpServer sftp, CallLimits limits, CancellationToken ct)
    {
        var session = new SftpSession(sftp, limits);
        try
        {
            await session.ConnectAsync(ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async Task RenewAsync(CancellationToken ct)
    {
        await DisposeAsync();
        await ConnectAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _login?.Dispose();
        (_connection, _login) = (null, null);
    }

    /// <summary>A login answers once.</summary>
    private async Task ConnectAsync(CancellationToken ct)
    {
        HasServed = false;
        _login = new SftpLogin(_sftp);
        _connection = await SftpConnection.OpenAsync(_sftp, _login, _limits, ct);
    }
}
