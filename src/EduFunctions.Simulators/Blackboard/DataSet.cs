namespace EduFunctions.Simulators.Blackboard;

/// <summary>A posted file on its way into Learn: row by row, an error skips the row.</summary>
public sealed class DataSet
{
    private readonly LearnState _state;
    private readonly LearnHabits _habits;
    private readonly LearnIntegration _integration;
    private readonly ObjectRules _kind;
    private readonly List<Dictionary<string, string>> _rows;
    private readonly HashSet<string> _named = [];
    private int _polls;

    internal DataSet(PostedFile post, ObjectRules kind, LearnState state, LearnHabits habits, LearnIntegration integration)
    {
        Post = post;
        (_kind, _state, _habits, _integration) = (kind, state, habits, integration);
        _rows = FlatFile.Read(post.Body, integration.Delimiter);
    }

    public PostedFile Post { get; }

    public int Completed { get; private set; }

    public int Queued { get; private set; }

    public List<string> Errors { get; } = [];

    public bool IsOver { get; private set; }

    /// <summary>Time goes on from one status to the next.</summary>
    public void Advance()
    {
        if (_polls++ < _habits.IdlePolls)
        {
            return;
        }

        var until = (int)Math.Min(_rows.Count, Completed + (long)_habits.RowsPerPoll);
        while (Completed < until)
        {
            Apply(_rows[Completed++]);
        }

        Queued = _rows.Count - Completed;
        if (Queued == 0)
        {
            DisableAbsent();
            IsOver = true;
        }
    }

    private void Apply(Dictionary<string, string> row)
    {
        var key = _kind.KeyOf(row);
        _named.Add(key);
        var existing = _state.Find(_kind.Name, key);
        var dataSource = row.GetValueOrDefault("data_source_key", "") is { Length: > 0 } given ? given : existing?.DataSource ?? _integration.DataSource;
        var refusal = existing is not null && existing.Owner != _integration.Name ? "The record belongs to another integration."
            : Post.Operation == "delete" ? (existing is null ? "There is no such record." : null)
            : new RowRules(_state, _habits).Refusal(_kind, row, existing, dataSource);
        if (refusal is not null)
        {
            Errors.Add(refusal);
        }
        else if (_integration.State != IntegrationState.Testing)
        {
            _state.DataSources.Add(dataSource);
            Take(row, key, existing, dataSource);
        }
    }

    private void Take(Dictionary<string, string> row, string key, LearnRecord? existing, string dataSource)
    {
        if (Post.Operation == "delete")
        {
            Leave(existing!);
            return;
        }

        _state.Put(Merge(row, key, existing, dataSource));
        if (_kind.NewKeyOf(row) is { } renamed && renamed != key)
        {
            _named.Add(renamed);
            _state.Rename(_state.Find(_kind.Name, key)!, renamed, _kind.Keys[0]);
        }
    }

    private void Leave(LearnRecord record)
    {
        if (_kind.IsPurged)
        {
            _state.Purge(record);
        }
        else
        {
            _state.Put(record with { RowStatus = "disabled" });
        }
    }

    /// <summary>Empty values change nothing; a record that is named is enabled again unless its row says otherwise, and stays in its data source unless it is moved.</summary>
    private LearnRecord Merge(Dictionary<string, string> row, string key, LearnRecord? existing, string dataSource)
    {
        var values = existing?.Values.ToDictionary() ?? [];
        foreach (var (header, value) in row.Where(cell => cell.Value.Length > 0 && cell.Key is not ("row_status" or "data_source_key") && !cell.Key.StartsWith("new_", StringComparison.Ordinal)))
        {
            values[header] = value;
        }

        var status = row.GetValueOrDefault("row_status", "").ToLowerInvariant();
        return new LearnRecord(_kind.Name, key, _integration.Name)
        {
            DataSource = row.GetValueOrDefault("new_data_source_key", "") is { Length: > 0 } moved ? moved : existing?.DataSource ?? dataSource,
            RowStatus = status.Length > 0 ? status : "enabled",
            Values = values,
        };
    }

    /// <summary>The two refreshes disable, or purge, what the file does not name: of all the integration's data sources, or of its own one.</summary>
    private void DisableAbsent()
    {
        if (Post.Operation is not ("refresh" or "refreshlegacy") || _integration.State == IntegrationState.Testing)
        {
            return;
        }

        foreach (var record in _state.Records(_kind.Name).Where(record =>
            record.Owner == _integration.Name && record.IsEnabled && !_named.Contains(record.Key)
            && (Post.Operation == "refresh" || record.DataSource == _integration.DataSource)))
        {
            Leave(record);
        }
    }
}
