using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>Tenants whose source, or whose target, accepts a connection and never answers, spread among the others.</summary>
internal sealed class DeadNeighbours : IDisposable
{
    private const string Mark = "-dead";

    // Whoever connects is accepted by the system; nobody ever reads.
    private readonly TcpListener _nowhere = new(IPAddress.Loopback, 0);
    private readonly int _sources;
    private readonly int _all;

    public DeadNeighbours(int sources, int targets)
    {
        (_sources, _all) = (sources, sources + targets);
        _nowhere.Start(backlog: 4096);
    }

    public int Count => _all;

    public static bool IsDead(string tenant) => tenant.EndsWith(Mark, StringComparison.Ordinal);

    /// <summary>The tenant as it is, or dead when it is one of those.</summary>
    /// <param name="number">From 0, of so many in all.</param>
    public JsonObject Among(JsonObject tenant, int number, int tenants)
    {
        // One of every so many, sources and targets by turns as long as there are both.
        var place = Enumerable.Range(0, _all).FirstOrDefault(dead => (int)((long)dead * tenants / _all) == number, -1);
        if (place < 0)
        {
            return tenant;
        }

        var port = ((IPEndPoint)_nowhere.LocalEndpoint).Port;
        tenant["id"] = $"{tenant["id"]}{Mark}";
        if (IsSource(place))
        {
            tenant["source"]!["baseUrl"] = $"http://127.0.0.1:{port}/v2.0";
        }
        else
        {
            tenant["feeds"]![0]!["delivery"]!["port"] = port;
        }

        return tenant;
    }

    public void Dispose() => _nowhere.Dispose();

    private bool IsSource(int place) => (long)(place + 1) * _sources / _all > (long)place * _sources / _all;
}
